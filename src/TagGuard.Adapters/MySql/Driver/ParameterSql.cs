using System.Text;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>SQL with `@name` as people write it, made into SQL with `?` as the server prepares it.</summary>
/// <remarks>
/// Quotes ('', "", ``, with backslash escapes in the first two) and comments (`-- `, `#`, /* */) stay as they are; /*! */ and /*M! */ are run by the
/// server, so parameters in them count. `@@variable`, `user@host`, and @'quoted' are no parameters. dev.mysql.com/doc/refman/9.0/en/lexical-structure.html
/// </remarks>
sealed class ParameterSql
{
    readonly string _sql;
    readonly IReadOnlyList<string> _names;
    readonly bool _allowUserVariables;
    readonly Dictionary<string, int> _indexes;
    readonly StringBuilder _text;
    readonly List<int> _order = [];

    /// <param name="sql">The SQL as written.</param>
    /// <param name="names">The parameters' names, without the `@`.</param>
    /// <param name="allowUserVariables">Whether other `@name` are left to the server.</param>
    /// <exception cref="InvalidOperationException">A name has no parameter, a parameter no place, or a place no name.</exception>
    public ParameterSql(string sql, IReadOnlyList<string> names, bool allowUserVariables)
    {
        _sql = sql;
        _names = names;
        _allowUserVariables = allowUserVariables;
        _text = new StringBuilder(sql.Length);
        _indexes = new Dictionary<string, int>(names.Count, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Count; i++)
        {
            if (!_indexes.TryAdd(names[i], i))
                throw new InvalidOperationException($"There are two parameters @{names[i]}: keep one of them.");
        }
        Scan();
        var used = _order.ToHashSet();
        if (used.Count < names.Count)
            throw new InvalidOperationException($"The parameter @{names.Where((_, i) => !used.Contains(i)).First()} is not in the SQL: take it out, or correct its name.");
    }

    /// <summary>The SQL that the server is given.</summary>
    public string Text => _text.ToString();

    /// <summary>For each `?` in turn, the index of its parameter.</summary>
    public IReadOnlyList<int> Order => _order;

    /// <summary>Whether it was made for these names.</summary>
    public bool IsFor(string sql, MySqlParameterCollection parameters)
    {
        if (!ReferenceEquals(sql, _sql) || parameters.Count != _names.Count)
            return false;
        for (var i = 0; i < _names.Count; i++)
        {
            if (!ReferenceEquals(parameters.At(i).Name, _names[i]))
                return false;
        }
        return true;
    }

    void Scan()
    {
        for (var i = 0; i < _sql.Length;)
        {
            var end = EndOfQuoted(i);
            if (end > i)
            {
                _text.Append(_sql, i, end - i);
                i = end;
            }
            else if (_sql[i] == '@')
            {
                i = Variable(i);
            }
            else
            {
                if (_sql[i] == '?')
                    throw new InvalidOperationException("The SQL has a `?`: name each parameter, as in @date.");
                _text.Append(_sql[i++]);
            }
        }
    }

    /// <summary>Takes what begins with this `@`; returns where it ends.</summary>
    int Variable(int at)
    {
        var start = at + 1;
        var end = start;
        while (end < _sql.Length && (IsWord(_sql[end]) || _sql[end] == '@'))
            end++;
        var name = _sql[start..end];
        var isAccount = at > 0 && (IsWord(_sql[at - 1]) || _sql[at - 1] is '\'' or '"' or '`');
        if (name.Length == 0 || isAccount || name.Contains('@', StringComparison.Ordinal))
        {
            _text.Append(_sql, at, end - at);
        }
        else if (_indexes.TryGetValue(name, out var index))
        {
            _text.Append('?');
            _order.Add(index);
        }
        else if (_allowUserVariables)
        {
            _text.Append(_sql, at, end - at);
        }
        else
        {
            throw new InvalidOperationException(
                $"@{name} is in the SQL, but there is no parameter of that name: add it, or correct the name. (A variable of the session needs AllowUserVariables=true in the connection string.)");
        }
        return end;
    }

    static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '$';

    /// <summary>Where quoted text or a comment that starts here ends; the same place when none starts.</summary>
    int EndOfQuoted(int start) => _sql.AsSpan(start) switch
    {
        ['\'' or '"' or '`', ..] => EndOfString(start),
        ['#', ..] => After("\n", start),
        ['-', '-'] => _sql.Length,
        ['-', '-', <= ' ', ..] => After("\n", start),
        ['/', '*', '!', ..] or ['/', '*', 'M', '!', ..] => start,
        ['/', '*', ..] => After("*/", start + 2),
        _ => start,
    };

    /// <summary>A doubled quote ends the text and begins the next at once, which comes to the same.</summary>
    int EndOfString(int start)
    {
        var quote = _sql[start];
        for (var i = start + 1; i < _sql.Length; i++)
        {
            if (_sql[i] == '\\' && quote != '`')
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
}
