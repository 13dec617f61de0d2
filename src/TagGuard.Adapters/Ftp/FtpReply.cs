namespace TagGuard.Adapters.Ftp;

/// <summary>What an FTP server answers to a command: RFC 959, section 4.2.</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Text">Its last line, without the code.</param>
readonly record struct FtpReply(int Code, string Text)
{
    /// <summary>150, 125: the bytes come on the other line.</summary>
    public bool IsBeginning => Code / 100 == 1;

    public bool IsDone => Code / 100 == 2;

    /// <summary>The server knows no such command.</summary>
    public bool IsUnknown => Code is 500 or 502 or 504;

    /// <summary>A file or folder is not there, or the user may not have it.</summary>
    public bool IsUnavailable => Code == 550;

    /// <summary>It may do it a little later.</summary>
    public bool IsTransient => Code / 100 == 4;

    public override string ToString() => $"{Code} {Text}";
}

/// <summary>The server refuses, or did not answer as FTP does.</summary>
sealed class FtpException(string message, bool isTransient = false) : Exception(message)
{
    public bool IsTransient => isTransient;

    /// <summary>Whether a file or folder is not there, or the user may not have it.</summary>
    public bool IsUnavailable { get; init; }
}
