using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Cli.Commands;

/// <summary>The description of one HDU. Min, Max and Sum are over its finite values; they are null for tables.</summary>
internal sealed record HduSummary(
    int Index, string Name, string Kind, string Shape, string Type, string Unit, double? Min = null, double? Max = null,
        double? Sum = null, double? Valid = null)
{
    public static HduSummary Of(FitsFile file, FitsHdu hdu)
    {
        var kind = HduKinds.Of(file, hdu);
        return hdu switch
        {
            FitsImage { Count: > 0 } image => OfImage(image, kind),
            FitsTable table when table.Header.Contains("ZCMPTYPE") => new HduSummary(
                hdu.Index, hdu.Name, kind, Axes(hdu.Header, "ZNAXIS"), $"ZBITPIX {hdu.Header.GetInteger("ZBITPIX")}", UnitOf(hdu)),
            FitsTable table => new HduSummary(
                hdu.Index, hdu.Name, kind, ShapeOf(table), string.Join(' ', table.Columns.Select(column => column.Name)), ""),
            FitsImage => new HduSummary(hdu.Index, hdu.Name, kind, "", "", ""),
            _ => new HduSummary(hdu.Index, hdu.Name, kind, "", hdu.Header.GetString("XTENSION") ?? "", ""),
        };
    }

    private static HduSummary OfImage(FitsImage image, string kind)
    {
        var values = image.ReadDoubles();
        var (min, max, sum, valid) = (double.PositiveInfinity, double.NegativeInfinity, 0.0, 0L);
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) continue;
            (min, max, sum) = (Math.Min(min, value), Math.Max(max, value), sum + value);
            valid++;
        }

        return new HduSummary(
            image.Index, image.Name, kind, string.Join(" x ", image.Axes), image.ElementType.ToString(), UnitOf(image),
            valid > 0 ? min : null, valid > 0 ? max : null, sum, valid / (double)values.Length);
    }

    private static string UnitOf(FitsHdu hdu) => hdu.Header.GetString("BUNIT") ?? "";

    private static string Axes(FitsHeader header, string keyword)
    {
        var count = (int)Math.Clamp(header.GetInteger(keyword) ?? 0, 0, 9);
        return string.Join(" x ", Enumerable.Range(1, count).Select(axis => header.GetInteger($"{keyword}{axis}")));
    }

    private static string ShapeOf(FitsTable table) => table.Header.GetString("WCSSHAPE") is { } shape && table.Find("PIX") is not null
        ? string.Join(" x ", shape.Trim('(', ')', ' ').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        : $"{table.RowCount} rows{(table.Header.GetInteger("NSIDE") is { } nside ? $", nside {nside}" : "")}";
}
