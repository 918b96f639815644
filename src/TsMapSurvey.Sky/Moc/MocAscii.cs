using System.Globalization;
using System.Text;

namespace TsMapSurvey.Sky;

/// <summary>
/// MOCs as ASCII text (IVOA MOC 2.0, section 4.3.2): orders with their cells, for example <c>1/1-3 7 2/64 4/</c>, where the last order is
/// the maximal one. A space-time MOC alternates between times and regions: <c>t61/1 3 5 s3/1-3 t61/50 52 s4/25</c>.
/// </summary>
public static class MocAscii
{
    public static string Format(Moc moc)
    {
        var text = new StringBuilder();
        Append(text, MocAxis.Space, moc.Order, moc.Span);
        return text.ToString();
    }

    public static string Format(SpaceTimeMoc moc)
    {
        var text = new StringBuilder();
        foreach (var part in moc.Parts)
        {
            Append(text.Append(MocAxis.Time.Prefix), MocAxis.Time, 0, part.Times.AsSpan());
            Append(text.Append(' ').Append(MocAxis.Space.Prefix), MocAxis.Space, 0, part.Space.Span);
            text.Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture, $"t{moc.TimeOrder}/ s{moc.SpaceOrder}/").ToString();
    }

    /// <summary>Cells may be in any order, overlap, and be separated by blanks, commas or line ends.</summary>
    /// <exception cref="SkyException">The text is not a MOC of the sky; the message has the position of the first fault.</exception>
    public static Moc Parse(string text) => Read(text) switch
    {
        [var part] when part.Axis == MocAxis.Space => part.ToMoc(),
        [] => throw SkyErrors.BadMocText("", "no cell and no order", "orders and cells, for example 1/1-3 7 2/64"),
        _ => throw SkyErrors.BadMocText("", "a dimension of time", "a MOC of the sky alone"),
    };

    /// <exception cref="SkyException">The text is not a space-time MOC; the message has the position of the first fault.</exception>
    public static SpaceTimeMoc ParseSpaceTime(string text)
    {
        var parts = Read(text);
        for (var i = 0; i < parts.Count || parts.Count == 0; i++)
        {
            if (parts.Count % 2 != 0 || parts.Count == 0 || parts[i].Axis != (i % 2 == 0 ? MocAxis.Time : MocAxis.Space))
                throw SkyErrors.BadMocText("", $"{parts.Count} lists of times and cells", "times (t) and cells (s) in turn");
        }

        return SpaceTimeMoc.OfParts(parts);
    }

    /// <summary>The order is named even without a cell if it is finer than all cells.</summary>
    private static void Append(StringBuilder text, MocAxis axis, int maxOrder, ReadOnlySpan<CellRange> ranges)
    {
        var (start, finest) = (text.Length, -1);
        foreach (var (order, cells) in CellRanges.Cells(axis, ranges))
        {
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > start ? " " : "")}{order}/");
            var isFirst = true;
            foreach (var cell in cells)
            {
                if (!isFirst) text.Append(' ');
                text.Append(CultureInfo.InvariantCulture, $"{cell.First}");
                if (cell.End > cell.First + 1) text.Append(CultureInfo.InvariantCulture, $"-{cell.End - 1}");
                isFirst = false;
            }

            finest = order;
        }

        if (finest < maxOrder) text.Append(CultureInfo.InvariantCulture, $"{(text.Length > start ? " " : "")}{maxOrder}/");
    }

    private static List<MocPart> Read(string text)
    {
        var parts = new List<MocPart>();
        var order = -1;
        for (var at = 0; at < text.Length;)
        {
            var where = At(at);
            switch (text[at])
            {
                case ' ' or ',' or '\n' or '\r' or '\t':
                    at++;
                    continue;
                case 's' or 't':
                    parts.Add(new MocPart(text[at++] == 's' ? MocAxis.Space : MocAxis.Time));
                    if (parts.Count > Moc.MaxCells) throw SkyErrors.TooManyMocCells(where, parts.Count);
                    order = -1;
                    continue;
            }

            var first = Number(text, ref at);
            if (at < text.Length && text[at] == '/')
            {
                at++;
                if (parts.Count == 0) parts.Add(new MocPart(MocAxis.Space));
                parts[^1].SetOrder(first, where);
                order = (int)first;
                continue;
            }

            var last = first;
            if (at < text.Length && text[at] == '-')
            {
                at++;
                last = Number(text, ref at);
            }

            if (order < 0) throw SkyErrors.BadMocText(where, $"cell {first}", "an order before the first cell, for example 3/");
            parts[^1].Add(order, first, last, where);
        }

        return parts;
    }

    private static long Number(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        if (long.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        var found = at > start ? text[start..at] : at < text.Length ? text[at].ToString() : "the end of the text";
        throw SkyErrors.BadMocText(At(start), found, "the number of an order or cell");
    }

    private static string At(int index) => string.Create(CultureInfo.InvariantCulture, $"character {index + 1}");
}
