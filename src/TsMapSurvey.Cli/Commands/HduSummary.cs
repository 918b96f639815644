using TsMapSurvey.Fits;

namespace TsMapSurvey.Cli.Commands;

/// <summary>One HDU at a glance; ranges over its finite values, null for tables.</summary>
internal sealed record HduSummary(
    int Index, string Name, string Kind, string Shape, string Type, string Unit, double? Min = null, double? Max = null, double? Sum = null, double? Valid = null)
{
    public static HduSummary Of(FitsHdu hdu) => hdu switch
    {
        FitsImage { Count: > 0 } image => OfImage(image),
        FitsTable table => new HduSummary(hdu.Index, hdu.Name, "table", $"{table.RowCount} rows", string.Join(' ', table.Columns.Select(column => column.Name)), ""),
        FitsImage => new HduSummary(hdu.Index, hdu.Name, "header", "", "", ""),
        _ => new HduSummary(hdu.Index, hdu.Name, "other", "", hdu.Header.GetString("XTENSION") ?? "", ""),
    };

    private static HduSummary OfImage(FitsImage image)
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
            image.Index, image.Name, "image", string.Join(" x ", image.Axes), image.ElementType.ToString(), image.Header.GetString("BUNIT") ?? "",
            valid > 0 ? min : null, valid > 0 ? max : null, sum, valid / (double)values.Length);
    }
}
