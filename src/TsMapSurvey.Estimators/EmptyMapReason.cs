using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators;

/// <summary>Why no pixel of an energy bin of a map could be fitted, in words. Reads datasets again, so it is asked only then.</summary>
public static class EmptyMapReason
{
    /// <summary>Rows read at a time.</summary>
    private const int Block = 64;

    /// <param name="datasets">That the map is of.</param>
    /// <param name="bins">First and last reco bin of the map's energy bin, both included.</param>
    /// <param name="spectrum">The model's.</param>
    public static string Of(IReadOnlyList<IDatasetRows> datasets, (int First, int Last) bins, ISpectralModel spectrum)
    {
        var seen = datasets.Aggregate(default(Seen), (all, dataset) => all.And(Look(dataset, bins, spectrum)));
        var edges = datasets[0].Energy.Edges;
        var energies = FormattableString.Invariant($"from {edges[bins.First]:g4} to {edges[bins.Last + 1]:g4} TeV");
        return !seen.Unmasked ? $"all pixels are masked {energies}"
            : !seen.Background ? $"the background is zero in every unmasked pixel {energies}"
            : !seen.Response ? $"the energy dispersion is zero {energies}"
            : !seen.Exposure ? $"no unmasked pixel has exposure {energies}"
            : $"no kernel reaches a pixel with exposure {energies}";
    }

    private static Seen Look(IDatasetRows dataset, (int First, int Last) bins, ISpectralModel spectrum)
    {
        var seen = default(Seen);
        for (var first = 0; first < dataset.Grid.Height; first += Block)
        {
            var rows = dataset.Rows(first, Math.Min(Block, dataset.Grid.Height - first));
            if (rows.Exposure is null || rows.Background is null) break;
            var factors = RecoExposure.Factors(rows, rows.Edisp, spectrum, bins.First, bins.Last);
            for (var bin = bins.First; bin <= bins.Last; bin++) seen = seen.And(Look(rows, bin, factors[bin - bins.First]));
            if (seen is { Background: true, Exposure: true }) break;
        }

        return seen;
    }

    private static Seen Look(MapDataset rows, int bin, double[] factors)
    {
        var (unmasked, background, exposed) = (false, false, false);
        for (var pixel = 0; pixel < rows.Geometry.PlaneLength; pixel++)
        {
            if (!MapCentre.IsUnmasked(rows, bin, pixel)) continue;
            unmasked = true;
            background |= rows.Background!.Plane(bin)[pixel] > 0;
            for (var j = 0; j < factors.Length && !exposed; j++) exposed = factors[j] > 0 && rows.Exposure!.Plane(j)[pixel] > 0;
            if (background && exposed) break;
        }

        return new Seen(unmasked, background, Array.Exists(factors, factor => factor > 0), exposed);
    }

    /// <summary>What there is anywhere.</summary>
    private readonly record struct Seen(bool Unmasked, bool Background, bool Response, bool Exposure)
    {
        public Seen And(Seen other) =>
            new(Unmasked || other.Unmasked, Background || other.Background, Response || other.Response, Exposure || other.Exposure);
    }
}
