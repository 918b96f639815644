using System.CommandLine;
using System.Globalization;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Fits;
using TsMapSurvey.Plots;

namespace TsMapSurvey.Cli.Commands;

/// <summary>A picture of a map.</summary>
internal static class PlotCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description =
                "FluxMaps, a mosaic, a MapDataset, or any FITS image or cube with celestial coordinates (HEALPix is not supported)",
        };
        var output = new Option<string>("--out") { Description = "Picture to write, .png or .svg", Required = true };
        var quantity = new Option<string?>("--quantity")
        {
            Description =
                "Which map: sqrt_ts, norm, flux, dnde, eflux, e2dnde, each with _err or _ul, counts, ...; for an image that does not say "
                + "what it is: what it is "
                + "[default: sqrt_ts; counts of a dataset; else the only image]",
        };
        var hdu = new Option<int?>("--hdu") { Description = "The HDU's number instead" };
        var bin = new Option<int?>("--energy-bin")
        {
            Description = "One energy bin or plane, from 0 [default: the sum of counts, any bin of masks, else the first bin]",
        };
        var title = new Option<string?>("--title") { Description = "Above the map" };
        var colormap = new Option<string?>("--colormap")
        { Description = "viridis, inferno, magma, plasma, gray, coolwarm, significance, ..." };
        var stretch = new Option<string?>("--stretch") { Description = "linear, sqrt, log or asinh" };
        var rescale = new Option<string?>("--rescale") { Description = "Lowest and highest colour, e.g. \"-3,10\"" };
        var contours = new Option<string[]>("--contours")
        { Description = "Levels of contour lines, e.g. 3,5,8", AllowMultipleArgumentsPerToken = true };
        var whole = new Option<bool>("--whole") { Description = "Draw the whole image, not just the part with data" };
        var command = new Command("plot", "Draw a map with axes, grid and colour bar")
            { file, output, quantity, hdu, bin, title, colormap, stretch, rescale, contours, whole };
        command.SetAction(parsed =>
        {
            using var fits = FitsFile.Open(InputFile.Check(parsed.GetRequiredValue(file)));
            var path = OutputFile.Picture(output.Name, parsed.GetRequiredValue(output));
            var choice = PlotChoice.Of(fits, parsed.GetValue(hdu), parsed.GetValue(quantity));
            foreach (var warning in fits.Warnings.Union(choice.Warnings)) Report.Warning(warning);
            if (parsed.GetValue(bin) is { } asked && (asked < 0 || asked >= choice.Map.Geometry.PlaneCount))
                throw CliErrors.NoSuchPlane(bin.Name, asked, choice.Place, choice.Map.Geometry.PlaneCount);
            var options = new MapPlotOptions
            {
                Label = choice.Label,
                Plane = parsed.GetValue(bin),
                Title = parsed.GetValue(title),
                Scale = choice.Label.Scale.With(parsed.GetValue(colormap), parsed.GetValue(stretch), parsed.GetValue(rescale))
                    with
                { Nan = Rgba.Grey },
                Contours = [.. Levels(contours.Name, parsed.GetValue(contours) ?? [])],
            };
            Draw(choice, options, path, parsed.GetValue(whole));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Draw(PlotChoice choice, MapPlotOptions options, string path, bool whole)
    {
        try
        {
            // A mask's zeros are half of what it says.
            var map = whole || choice.Label.IsMask ? choice.Map : DataExtent.Crop(choice.Map);
            File.WriteAllBytes(path, OutputFile.IsSvg(path) ? MapPlot.Svg(map, options) : MapPlot.Png(map, options));
        }
        catch (PlotException bad) when (bad.Error is PlotError.NoImage or PlotError.TooSmall)
        {
            throw CliErrors.Of(choice.Place, bad);
        }

        var plane = PlotPlane.Of(choice.Map, options.Plane, choice.Label);
        if (plane.NothingToShow() is { } reason) Report.Warning($"{choice.Place}: {reason}");
        var source = choice.IsKnown ? $"{choice.What} of {choice.Place}"
            : $"{choice.Place}, which names no quantity (--quantity says which it is)";
        Report.Line($"{path}: {source}{(plane.Caption.Length > 0 ? $": {plane.Caption}" : "")}");
    }

    /// <summary>With commas or blanks between them.</summary>
    private static IEnumerable<double> Levels(string option, string[] words) => words
        .SelectMany(word => word.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        .Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var level) ? level
            : throw CliErrors.Wrong(option, word, "levels as 3,5,8"));
}
