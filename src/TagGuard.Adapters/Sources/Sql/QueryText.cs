namespace TagGuard.Adapters.Sources.Sql;

/// <summary>The tokens of a text in the SQL of Spark and Hive, as far as <see cref="OneQuery"/> and <see cref="HiveText"/> need them.</summary>
sealed class QueryText
{
    readonly string _sql;
    readonly List<string> _called = [];
    readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);
    readonly List<Range> _comments = [];
    readonly List<Range> _parameters = [];
    readonly List<Range> _texts = [];

    /// <summary>The word before, when nothing is between.</summary>
    string? _word;

    int _start = -1;
    int _end;
    bool _hasEnded;

    public QueryText(string sql)
    {
        _sql = sql;
        for (var i = 0; i < sql.Length && Mistake is null;)
            i = Take(i);
    }

    /// <summary>Why it is not one statement, as a sentence.</summary>
    public string? Mistake { get; private set; }

    /// <summary>Without blanks, comments and `;` around it.</summary>
    public string Trimmed => _start < 0 ? "" : _sql[_start.._end];

    /// <summary>The first word that is not in parentheses' company.</summary>
    public string? FirstWord { get; private set; }

    /// <summary>Names before a parenthesis, without quotes.</summary>
    public IReadOnlyList<string> Called => _called;

    /// <summary>Words that are not quoted.</summary>
    public IReadOnlySet<string> Words => _words;

    /// <summary>Where comments are that do nothing.</summary>
    public IReadOnlyList<Range> Comments => _comments;

    /// <summary>Where parameters are, as @date.</summary>
    public IReadOnlyList<Range> Parameters => _parameters;

    /// <summary>Where texts are, with their quotes.</summary>
    public IReadOnlyList<Range> Texts => _texts;

    /// <summary>Whether a text follows the word `using`.</summary>
    public bool HasScript { get; private set; }

    /// <summary>Whether a text is written as r'…', in which nothing escapes.</summary>
    public bool HasRawText { get; private set; }

    int Take(int at) => _sql.AsSpan(at) switch
    {
        ['-', '-', ..] => Comment(at, EndOfLine(at)),
        ['/', '*', '+', ..] => Content(at, at + 3),
        ['/', '*', ..] => Comment(at, EndOfComment(at)),
        ['\'' or '"', ..] => Text(at, EndOfQuoted(at, escapes: true)),
        ['r' or 'R', '\'' or '"', ..] => RawText(at),
        ['`', ..] => Name(at),
        [';', ..] => End(at),
        [<= ' ' or '\u00a0' or '\u3000', ..] => at + 1,
        ['(', ..] => Call(at),
        ['@', var letter, ..] when IsOfWord(letter) => Parameter(at),
        _ when IsOfWord(_sql[at]) => Word(at),
        _ => Content(at, at + 1),
    };

    int Content(int start, int end, string? word = null)
    {
        if (_hasEnded)
            return Refuse("Only one statement is run, and behind the `;` there is another: keep the SELECT.");
        if (_start < 0)
            _start = start;
        (_end, _word) = (end, word);
        return end;
    }

    int Call(int at)
    {
        if (_word is not null)
            _called.Add(_word);
        return Content(at, at + 1);
    }

    int Word(int at)
    {
        var end = EndOfWord(at);
        FirstWord ??= _sql[at..end];
        _words.Add(_sql[at..end]);
        return Content(at, end, _sql[at..end]);
    }

    int Parameter(int at)
    {
        var end = EndOfWord(at + 1);
        _parameters.Add(at..end);
        return Content(at, end);
    }

    int EndOfWord(int at)
    {
        while (at < _sql.Length && IsOfWord(_sql[at]))
            at++;
        return at;
    }

    int Comment(int start, int end)
    {
        _comments.Add(start..end);
        return end;
    }

    int RawText(int at)
    {
        HasRawText = true;
        return Text(at, EndOfQuoted(at + 1, escapes: false));
    }

    int Name(int at)
    {
        var end = EndOfQuoted(at, escapes: false);
        FirstWord ??= "`";
        return Content(at, end, _sql[(at + 1)..(end - 1)]);
    }

    int Text(int start, int end)
    {
        HasScript |= string.Equals(_word, "using", StringComparison.OrdinalIgnoreCase);
        _texts.Add(start..end);
        return Content(start, end);
    }

    int End(int at)
    {
        _hasEnded = true;
        return at + 1;
    }

    /// <summary>A doubled quote ends the text and begins the next at once, which comes to the same.</summary>
    int EndOfQuoted(int start, bool escapes)
    {
        for (var i = start + 1; i < _sql.Length; i++)
        {
            if (_sql[i] == '\\' && escapes)
                i++;
            else if (_sql[i] == _sql[start])
                return i + 1;
        }
        return Refuse($"The {_sql[start]} is opened and not closed.");
    }

    /// <summary>A backslash at the end of its line takes the next one into the comment.</summary>
    int EndOfLine(int at)
    {
        var end = at;
        while (end < _sql.Length && (_sql[end] is not ('\n' or '\r') || _sql[end - 1] == '\\'))
            end++;
        return end;
    }

    /// <summary>Comments are nested.</summary>
    int EndOfComment(int at)
    {
        var depth = 0;
        for (var i = at; i < _sql.Length - 1; i++)
        {
            var step = (_sql[i], _sql[i + 1]) switch { ('/', '*') => 1, ('*', '/') => -1, _ => 0 };
            depth += step;
            if (step != 0 && depth == 0)
                return i + 2;
            i += Math.Abs(step);
        }
        return Refuse("The comment is opened and not closed.");
    }

    int Refuse(string mistake)
    {
        Mistake = mistake;
        return _sql.Length;
    }

    static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_';
}
