using System.CommandLine;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Plots;

namespace TsMapSurvey.Cli.Commands;

/// <summary>A picture of a map.</summary>
internal static class PlotCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "FluxMaps, a mosaic, a MapDataset, or any FITS image" };
        var output = new Option<string>("--out") { Description = "PNG file to write", Required = true };
        var quantity = new Option<string>("--quantity") { Description = "Which map: sqrt_ts, norm, flux, counts, ...", DefaultValueFactory = _ => "sqrt_ts" };
        var hdu = new Option<int?>("--hdu") { Description = "The HDU's number instead" };
        var bin = new Option<int?>("--energy-bin") { Description = "One energy bin, from 0 [default: the sum of counts, else the first bin]" };
        var title = new Option<string?>("--title") { Description = "Above the map" };
        var colormap = new Option<string?>("--colormap") { Description = "viridis, inferno, magma, plasma, gray, coolwarm, significance, ..." };
        var stretch = new Option<string?>("--stretch") { Description = "linear, sqrt, log or asinh" };
        var rescale = new Option<string?>("--rescale") { Description = "Lowest and highest colour, e.g. \"-3,10\"" };
        var contours = new Option<double[]>("--contours") { Description = "Levels of contour lines, e.g. 3 5 8", AllowMultipleArgumentsPerToken = true };
        var whole = new Option<bool>("--whole") { Description = "Draw the whole image, not just the part with data" };
        var command = new Command("plot", "Draw a map with axes, grid and colour bar") { file, output, quantity, hdu, bin, title, colormap, stretch, rescale, contours, whole };
        command.SetAction(parsed =>
        {
            using var fits = FitsFile.Open(InputFile.Check(parsed.GetRequiredValue(file)));
            var path = OutputFile.Check(parsed.GetRequiredValue(output));
            var (map, name) = Find(fits, parsed.GetValue(hdu), parsed.GetValue(quantity)!);
            var options = new MapPlotOptions
            {
                Quantity = name,
                Plane = parsed.GetValue(bin),
                Title = parsed.GetValue(title),
                Scale = QuantityLabels.Of(name).Scale.With(parsed.GetValue(colormap), parsed.GetValue(stretch), parsed.GetValue(rescale)),
                Contours = parsed.GetValue(contours) ?? [],
            };
            File.WriteAllBytes(path, MapPlot.Png(parsed.GetValue(whole) ? map : DataExtent.Crop(map), options));
            Report.Line($"{path}: {name} of {fits.Name}");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The HDU of that number, or of the quantity's name; in a file with one image (a mosaic) that image.</summary>
    private static (Map<double> Map, string Quantity) Find(FitsFile fits, int? number, string quantity)
    {
        if (number is { } index)
        {
            if (index < 0 || index >= fits.Hdus.Count) throw new UsageException($"--hdu: found {index}, {fits.Name} has 0 to {fits.Hdus.Count - 1}");
            return (MapReader.Read(fits, fits.Hdus[index]), fits.Hdus[index].Name.ToLowerInvariant());
        }

        if (fits.Find(quantity.ToUpperInvariant()) is { } named) return (MapReader.Read(fits, named), quantity);
        FitsImage[] images = [.. fits.Hdus.OfType<FitsImage>().Where(image => image.Axes.Length >= 2)];
        if (images.Length == 1) return (MapReader.Read(fits, images[0]), images[0].Name is "PRIMARY" or "" ? quantity : images[0].Name.ToLowerInvariant());
        throw new FailedException($"{fits.Name} has no {quantity}; choose with --quantity or --hdu among {string.Join(", ", images.Select(image => image.Name.ToLowerInvariant()))}");
    }
}
