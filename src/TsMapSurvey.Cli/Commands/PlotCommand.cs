using System.CommandLine;
using System.Globalization;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Fits;
using TsMapSurvey.Plots;

namespace TsMapSurvey.Cli.Commands;

internal static class PlotCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description =
                "FluxMaps, a mosaic, a MapDataset, or any FITS image or cube with celestial coordinates, or a HEALPix map",
        };
        var output = new Option<string>("--out") { Description = "Picture to write, .png or .svg", Required = true };
        var quantity = new Option<string?>("--quantity")
        {
            Description =
                "Map to draw: sqrt_ts, norm, flux, dnde, eflux, e2dnde, each with _err or _ul, counts, ...; or the quantity of an image "
                + "whose HDU does not name one [default: sqrt_ts; counts of a dataset; else the only image]",
        };
        var hdu = new Option<int?>("--hdu") { Description = "Number of the HDU to draw, from 0" };
        var bin = new Option<int?>("--energy-bin")
        {
            Description =
                "Energy bin or plane to draw, from 0 [default: the sum for counts, all bins together for masks, else the first bin]",
        };
        var title = new Option<string?>("--title") { Description = "Title above the map" };
        var colormap = new Option<string?>("--colormap")
        { Description = "viridis, inferno, magma, plasma, gray, coolwarm, significance, ..." };
        var stretch = new Option<string?>("--stretch") { Description = "linear, sqrt, log or asinh" };
        var rescale = new Option<string?>("--rescale") { Description = "Values of the lowest and the highest colour, e.g. \"-3,10\"" };
        var contours = new Option<string[]>("--contours")
        { Description = "Values of contour lines, e.g. 3,5,8", AllowMultipleArgumentsPerToken = true };
        var whole = new Option<bool>("--whole") { Description = "Draw the whole image instead of the part with data" };
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
            // The zeros of a mask are data.
            var map = whole || choice.Label.IsMask ? choice.Map : DataExtent.Crop(choice.Map);
            File.WriteAllBytes(path, OutputFile.IsSvg(path) ? MapPlot.Svg(map, options) : MapPlot.Png(map, options));
        }
        catch (PlotException exception) when (exception.Error is PlotError.NoImage or PlotError.TooSmall)
        {
            throw CliErrors.Of(choice.Place, exception);
        }

        var plane = PlotPlane.Of(choice.Map, options.Plane, choice.Label);
        if (plane.WhyEmpty() is { } reason) Report.Warning($"{choice.Place}: {reason}");
        var source = choice.IsKnown ? $"{choice.What} of {choice.Place}"
            : $"{choice.Place}, whose quantity is not known (name it with --quantity)";
        Report.Line($"{path}: {source}{(plane.Caption.Length > 0 ? $": {plane.Caption}" : "")}");
    }

    private static IEnumerable<double> Levels(string option, string[] words) => words
        .SelectMany(word => word.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        .Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var level) ? level
            : throw CliErrors.Wrong(option, word, "numbers like 3,5,8"));
}
