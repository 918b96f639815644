using TsMapSurvey.Fits;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>
/// Reads maps for plots: those of <see cref="MapReader"/>, HEALPix maps as an image of the sky, and images without a BANDS table. Their
/// axis is the energies of EBOUNDS or ENERGIES if these tables have one row for each plane, else the 0-based plane number.
/// </summary>
public static class CubeReader
{
    /// <summary>The name of an axis of plane numbers; a second one is named "plane 2".</summary>
    public const string PlaneAxis = "plane";

    /// <inheritdoc cref="MapReader.Read(FitsFile, FitsHdu)"/>
    public static Map<double> Read(FitsFile file, FitsHdu hdu)
    {
        if (HealPix.Is(hdu))
        {
            var cells = HealpixReader.Read(file, hdu);
            return cells.SampledOn(cells.AllSkyImage());
        }

        if (hdu is not FitsImage { Axes.Length: > 2 } image || MapReader.ReadAxes(file, hdu).Length > 0) return MapReader.Read(file, hdu);
        return new Map<double>(MapReader.ReadGeometry(image, Axes(file, image.Axes[2..]), HduPlace.Of(file, hdu)), image.ReadDoubles(),
            image.Header.GetString("BUNIT") ?? "");
    }

    private static MapAxis[] Axes(FitsFile file, int[] lengths)
    {
        var axes = new List<MapAxis>();
        foreach (var length in lengths)
            axes.Add((axes.Count == 0 ? EnergyTables.Find(file, length) : null)
                ?? Numbered(axes.Count == 0 ? PlaneAxis : $"{PlaneAxis} {axes.Count + 1}", length));
        return [.. axes];
    }

    internal static MapAxis Numbered(string name, int length) =>
        new(name, [.. Enumerable.Range(0, length).Select(number => (double)number)], AxisInterpolation.Linear, AxisNodes.Centers, "");
}
