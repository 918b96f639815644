using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>
/// Reads one quantity of one tile: a plane of its FluxMaps, a sum over the energies of its stack, or the stack's exposure in an energy bin
/// of a map.
/// </summary>
internal static class MosaicQuantity
{
    /// <exception cref="SurveyException">The map has no such quantity.</exception>
    /// <exception cref="SurveyServiceException">The map has no such energy bin.</exception>
    /// <exception cref="FitsException">The file is damaged.</exception>
    public static Map<double> OfFluxMaps(FitsFile file, TsMapOptions options, string map, string quantity, int energyBin)
    {
        file.EnsureAllExtensions();
        // Reads and checks a single HDU: the quantity itself, or the norm from which it is converted.
        var suffix = quantity.IndexOf('_', StringComparison.Ordinal) is var cut and > 0 ? quantity[cut..] : "";
        var stored = new Dictionary<string, Map<double>>();
        foreach (var name in new[] { quantity, "norm" + suffix })
        {
            if (stored.Count > 0 || file.Find(name) is not FitsImage hdu) continue;
            hdu.EnsureIntact();
            stored[name] = MapReader.Read(file, hdu);
        }

        var found = stored.Count == 0
            ? null
            : new FluxMaps(stored.Values.First().Geometry, stored, options.Model, options.NSigma, options.NSigmaUl, null, [])
                .Find(quantity);
        if (found is null) throw SurveyErrors.UnknownQuantity(
            quantity, file.Hdus.OfType<FitsImage>().Select(hdu => hdu.Name.ToLowerInvariant()).Concat(QuantityNames.OfStack));
        if (energyBin < 0 || energyBin >= found.Geometry.PlaneCount)
            throw ServiceErrors.UnknownEnergyBin(map, energyBin, found.Geometry.PlaneCount);
        return new Map<double>(new MapGeometry(found.Geometry.Grid), found.Plane(energyBin).ToArray(), found.Unit);
    }

    /// <summary>Sums a quantity over the energies, in a region of the stack. The stack is already inside the safe mask.</summary>
    public static Map<double> SumOfDataset(MapDataset stack, string quantity, PixelRegion owned)
    {
        var image = new Map<double>(new MapGeometry(stack.Grid.Cutout(owned)));
        if (quantity is "counts" or "excess") Add(image, stack.Require(stack.Counts, "COUNTS", "a mosaic"), 1, owned);
        var sign = quantity == "excess" ? -1 : 1;
        if (quantity is "background" or "excess") Add(image, stack.Require(stack.Background, "BACKGROUND", "a mosaic"), sign, owned);
        return image;
    }

    /// <summary>Returns the exposure in an energy bin, weighted with the map's spectrum, in a region of the stack.</summary>
    /// <exception cref="SurveyServiceException">UnknownEnergyBin.</exception>
    public static Map<double> ExposureOfDataset(MapDataset stack, TsMapOptions options, string map, int energyBin, PixelRegion owned)
    {
        stack.Require(stack.Exposure, "EXPOSURE", "a mosaic");
        var bins = EnergyGroups.Create(stack.Energy, options).Bins.Length;
        if (energyBin < 0 || energyBin >= bins) throw ServiceErrors.UnknownEnergyBin(map, energyBin, bins);
        return new Map<double>(
            new MapGeometry(stack.Grid.Cutout(owned)), BandExposure.Of(stack, options, energyBin, owned), QuantityNames.ExposureUnit);
    }

    private static void Add(Map<double> image, Map<double> cube, double factor, PixelRegion owned)
    {
        for (var plane = 0; plane < cube.Geometry.PlaneCount; plane++)
            for (var y = 0; y < owned.Height; y++)
            {
                var values = cube.Plane(plane).Slice((owned.Y + y) * cube.Geometry.Width + owned.X, owned.Width);
                for (var x = 0; x < owned.Width; x++) image.Data[y * owned.Width + x] += factor * values[x];
            }
    }
}
