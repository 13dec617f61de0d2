namespace TagGuard.Rendering;

/// <summary>How every page begins, up to its body.</summary>
static class Head
{
    /// <param name="html">The page.</param>
    /// <param name="title">Its title.</param>
    /// <param name="hasScript">Whether our script stands at its end.</param>
    public static void Write(HtmlWriter html, string title, bool hasScript = false)
    {
        // Nothing may be fetched, and no script may run but ours: a second wall behind the escaping.
        html.Write($"""
            <!DOCTYPE html>
            <html lang="{html.Words.Lang}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{Asset.Style.Hash}'
            """);
        if (hasScript)
            html.Write($"; script-src '{Asset.Script.Hash}'");
        html.Write($"""
            ">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <style>
            """);
        html.Raw(Asset.Style);
        html.Write($"</style>\n</head>\n<body>\n");
    }
}
