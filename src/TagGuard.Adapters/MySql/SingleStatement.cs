using System.Text;
using System.Text.RegularExpressions;

namespace TagGuard.Adapters.MySql;

/// <summary>Text that a person wrote, or a part of it, as the one statement that it must be: the driver would send several.</summary>
/// <remarks>
/// Quotes, comments and `;` as servers read them: dev.mysql.com/doc/refman/9.0/en/lexical-structure.html, mariadb.com/kb/en/comment-syntax. Where a
/// setting of the server decides how text is read, each reading must find one statement. Comments that a server may run (/*! */, /*M! */) or reads by
/// rules of its own (/*+ */) may hold only words, so that all agree where they end.
/// </remarks>
sealed partial class SingleStatement
{
    /// <summary>In which quotes a backslash escapes: as our sessions are set; with NO_BACKSLASH_ESCAPES; with ANSI_QUOTES.</summary>
    static readonly string[] Readings = ["'\"", "", "'"];

    readonly string _sql;
    readonly string _escaping;
    readonly StringBuilder _text;
    bool _hasEnded;

    SingleStatement(string sql, string escaping)
    {
        (_sql, _escaping) = (sql, escaping);
        _text = new StringBuilder(sql.Length);
        for (var i = 0; i < sql.Length && Mistake is null;)
            i = Take(i);
    }

    string? Mistake { get; set; }

    /// <summary>The statement without comments, and without a `;` behind it: nothing that
    /// the driver could read in another way than the server.</summary>
    /// <exception cref="InvalidDataException">It is not one statement; the message is a sentence.</exception>
    public static string Of(string sql)
    {
        var ours = new SingleStatement(sql, Readings[0]);
        if (ours.Mistake is { } mistake)
            throw new InvalidDataException(mistake);
        if (Readings[1..].Any(reading => new SingleStatement(sql, reading).Mistake is not null))
        {
            throw new InvalidDataException(
                "Where the statement ends depends on a setting of the server, for a `\\` stands in quotes: "
                + "double quotes in text ('it''s'), and write no `;` into it.");
        }
        var text = ours._text.ToString().Trim();
        // What is sent must read as what was written.
        var again = new SingleStatement(text, Readings[0]);
        return again.Mistake is null && again._text.ToString() == text
            ? text
            : throw new InvalidDataException("Its comments cannot be told from the statement: take them out.");
    }

    /// <summary>The statement of a query: one that begins as those do that only read.</summary>
    /// <exception cref="InvalidDataException">It is not one statement, or not a query.</exception>
    public static string OfQuery(string sql)
    {
        var text = Of(sql);
        return Reading().IsMatch(text) ? text : throw new InvalidDataException("`sql` must be one SELECT: it begins as another statement does.");
    }

    /// <summary>Why this is not the one statement of a query; null when it is.</summary>
    public static string? MistakeIn(string sql)
    {
        try
        {
            OfQuery(sql);
            return null;
        }
        catch (InvalidDataException mistake)
        {
            return mistake.Message;
        }
    }

    /// <summary>Takes what begins here; returns where it ends.</summary>
    int Take(int at) => _sql.AsSpan(at) switch
    {
        ['\'' or '"' or '`', ..] => Content(at, EndOfQuoted(at)),
        ['#', ..] or ['-', '-'] or ['-', '-', <= ' ' or '\x7f', ..] => Blank(After("\n", at)),
        ['/', '*', '!' or '+', ..] or ['/', '*', 'M', '!', ..] => Special(at, After("*/", at + 2)),
        ['/', '*', ..] => Blank(After("*/", at + 2)),
        ['$', ..] when DollarQuote().IsMatch(_sql, at) && !IsInWord(at) =>
            Refuse(at, "`$…$` quotes text on some servers and on others not: write it in '…'."),
        ['?', ..] => Refuse(at, "There is a `?`: name each parameter, as in @date."),
        [';', ..] => End(at),
        [' ' or (>= '\t' and <= '\r'), ..] => Space(at),
        _ => Content(at, at + 1),
    };

    int Content(int start, int end)
    {
        if (_hasEnded)
            return Refuse(start, "Only one statement is run, and behind the `;` there is another: keep the SELECT.");
        _text.Append(_sql, start, end - start);
        return end;
    }

    int Special(int start, int end) => Words().IsMatch(_sql[start..end])
        ? Content(start, end)
        : Refuse(start, "A comment that servers run (/*! */) or take hints from (/*+ */) may hold words, numbers, commas and parentheses only: "
            + "write it out, or take it out.");

    /// <summary>A comment becomes a blank, and behind `--` a blank would begin another.</summary>
    int Blank(int end)
    {
        if (_text.Length > 1 && _text[^1] == '-' && _text[^2] == '-')
            _text.Insert(_text.Length - 1, ' ');
        _text.Append(' ');
        return end;
    }

    int Space(int at)
    {
        _text.Append(_sql[at]);
        return at + 1;
    }

    int End(int at)
    {
        _hasEnded = true;
        return at + 1;
    }

    int Refuse(int at, string mistake)
    {
        Mistake = mistake;
        return at;
    }

    /// <summary>A doubled quote ends the text and begins the next at once, which comes to the same.</summary>
    int EndOfQuoted(int start)
    {
        var quote = _sql[start];
        var escapes = _escaping.Contains(quote, StringComparison.Ordinal);
        for (var i = start + 1; i < _sql.Length; i++)
        {
            if (_sql[i] == '\\' && escapes)
                i++;
            else if (_sql[i] == quote)
                return i + 1;
        }
        return _sql.Length;
    }

    int After(string end, int start)
    {
        var at = _sql.IndexOf(end, start, StringComparison.Ordinal);
        return at < 0 ? _sql.Length : at + end.Length;
    }

    bool IsInWord(int at) => at > 0 && (char.IsLetterOrDigit(_sql[at - 1]) || _sql[at - 1] is '_' or '$' or > '\x7f');

    [GeneratedRegex(@"\G\$[\w\x80-\uffff]*\$")]
    private static partial Regex DollarQuote();

    [GeneratedRegex(@"^/\*(M?!|\+)[A-Za-z0-9_,.()=\s]*\*/\z")]
    private static partial Regex Words();

    [GeneratedRegex(@"^[\s(]*(select|with|table|values|show|describe|desc|explain)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reading();
}
