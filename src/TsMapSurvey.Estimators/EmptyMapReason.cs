using TsMapSurvey.Estimators.Strips;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;

namespace TsMapSurvey.Estimators;

/// <summary>
/// Finds out why no pixel of a map's energy bin could be fitted. It reads the datasets again, so it is called only in that case.
/// </summary>
public static class EmptyMapReason
{
    private const int RowsAtOnce = 64;

    /// <param name="datasets">The datasets of the map.</param>
    /// <param name="bins">First and last reco bin of the map's energy bin, both included.</param>
    /// <param name="spectrum">Spectrum of the fitted model.</param>
    public static string Of(IReadOnlyList<IDatasetRows> datasets, (int First, int Last) bins, ISpectralModel spectrum)
    {
        var seen = datasets.Aggregate(default(Findings), (all, dataset) => all.Or(Inspect(dataset, bins, spectrum)));
        var edges = datasets[0].Energy.Edges;
        var energies = FormattableString.Invariant($"from {edges[bins.First]:g4} to {edges[bins.Last + 1]:g4} TeV");
        return !seen.Unmasked ? $"all pixels are masked {energies}"
            : !seen.Background ? $"the background is zero in every unmasked pixel {energies}"
            : !seen.Response ? $"the energy dispersion is zero {energies}"
            : !seen.Exposure ? $"no unmasked pixel has exposure {energies}"
            : $"no kernel reaches a pixel with exposure {energies}";
    }

    private static Findings Inspect(IDatasetRows dataset, (int First, int Last) bins, ISpectralModel spectrum)
    {
        var seen = default(Findings);
        for (var first = 0; first < dataset.Grid.Height; first += RowsAtOnce)
        {
            var rows = dataset.Rows(first, Math.Min(RowsAtOnce, dataset.Grid.Height - first));
            if (rows.Exposure is null || rows.Background is null) break;
            var factors = RecoExposure.Factors(rows, rows.Edisp, spectrum, bins.First, bins.Last);
            for (var bin = bins.First; bin <= bins.Last; bin++) seen = seen.Or(Inspect(rows, bin, factors[bin - bins.First]));
            if (seen is { Background: true, Exposure: true }) break;
        }

        return seen;
    }

    private static Findings Inspect(MapDataset rows, int bin, double[] factors)
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

        return new Findings(unmasked, background, Array.Exists(factors, factor => factor > 0), exposed);
    }

    /// <summary>What was found in at least one pixel.</summary>
    private readonly record struct Findings(bool Unmasked, bool Background, bool Response, bool Exposure)
    {
        public Findings Or(Findings other) =>
            new(Unmasked || other.Unmasked, Background || other.Background, Response || other.Response, Exposure || other.Exposure);
    }
}
