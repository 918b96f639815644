using System.CommandLine;
using System.Globalization;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Fits;

namespace TsMapSurvey.Cli.Commands;

internal static class InfoCommand
{
    private static readonly string[] Shown = ["HDU", "name", "kind", "shape", "unit", "min", "max"];

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A FITS file, compressed or not" };
        var headers = new Option<bool>("--headers") { Description = "Print every header card" };
        var (json, wide) = (Report.JsonOption(), Report.WideOption());
        var command = new Command("info", "Show what a FITS file contains: kind, shape, unit and range of each HDU")
            { file, headers, json, wide };
        command.SetAction(parsed =>
        {
            using var fits = FitsFile.Open(InputFile.Check(parsed.GetRequiredValue(file)));
            foreach (var warning in fits.Warnings) Report.Warning(warning);
            HduSummary[] rows = [.. fits.Hdus.Select(hdu => HduSummary.Of(fits, hdu))];
            if (parsed.GetValue(json)) Report.Json(rows);
            else if (parsed.GetValue(headers)) PrintHeaders(fits);
            else if (parsed.GetValue(wide)) Report.Table(
                [.. Shown, "sum", "valid", "type"], rows.Select(hdu => (IReadOnlyList<string>)[.. Row(hdu), .. Further(hdu)]), wide: true);
            else Report.Table(Shown, rows.Select(Row));
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Row(HduSummary hdu) =>
        [hdu.Index.ToString(CultureInfo.InvariantCulture), hdu.Name, hdu.Kind, hdu.Shape.Replace(" x ", "x", StringComparison.Ordinal),
            hdu.Unit, Number(hdu.Min), Number(hdu.Max)];

    private static string[] Further(HduSummary hdu) =>
        [Number(hdu.Sum), hdu.Valid is { } valid ? valid.ToString("P0", CultureInfo.InvariantCulture) : "", hdu.Type];

    private static string Number(double? value) => value?.ToString("g4", CultureInfo.InvariantCulture) ?? "";

    private static void PrintHeaders(FitsFile fits)
    {
        foreach (var hdu in fits.Hdus)
        {
            Report.Line($"--- HDU {hdu.Index} {hdu.Name}");
            foreach (var card in hdu.Header)
                Report.Line(card.Value is null ? $"{card.Keyword} {card.Comment}" : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{card.Keyword,-8} = {card.Value}{(card.Comment is null ? "" : " / " + card.Comment)}"));
        }
    }
}
