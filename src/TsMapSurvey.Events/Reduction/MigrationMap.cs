using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Irf;

namespace TsMapSurvey.Events.Reduction;

// As gammapy's make_edisp_kernel_map (makers/utils.py): the density on the response's own migra axis, normalized over it; its cumulative sum,
// linear between the migra edges and constant outside, at E_reco / E_true; differences below the threshold are noise.
internal static class MigrationMap
{
    private const double Threshold = 1e-8;

    /// <summary>The energy dispersion at the centres of the response pixels, as a kernel map or over migra, as the geometry's first axis
    /// says.</summary>
    public static EdispMap Of(EventObservation observation, FieldPixels field, MapGeometry geometry)
    {
        var energyTrue = geometry.Axis("energy_true");
        var map = new Map<double>(geometry);
        var (response, first) = (observation.EnergyMigration, geometry.Axes[0]);
        var migra = response.Migra.Axis;
        var density = response.AtEnergies(energyTrue);
        double[] cells = new double[migra.BinCount * energyTrue.BinCount], sums = new double[migra.BinCount + 1];
        for (var pixel = 0; pixel < field.OffsetsDeg.Length; pixel++)
        {
            if (double.IsNaN(field.OffsetsDeg[pixel])) continue;
            density(field.OffsetsDeg[pixel], cells);
            for (var j = 0; j < energyTrue.BinCount; j++)
            {
                for (var m = 0; m < migra.BinCount; m++)
                    sums[m + 1] = sums[m] + cells[j * migra.BinCount + m] * (migra.Edges[m + 1] - migra.Edges[m]);
                if (!(sums[^1] > 0) || !double.IsFinite(sums[^1])) continue;
                var unit = first.Name == "migra" ? 1 : energyTrue.Centers[j];
                var below = Cumulative(migra, sums, first.Edges[0] / unit);
                for (var k = 0; k < first.BinCount; k++)
                {
                    var upTo = Cumulative(migra, sums, first.Edges[k + 1] / unit);
                    var share = (upTo - below) / sums[^1];
                    below = upTo;
                    map.Data[(j * first.BinCount + k) * field.OffsetsDeg.Length + pixel] = first.Name == "migra"
                        ? share / (first.Edges[k + 1] - first.Edges[k]) : share < Threshold ? 0 : share;
                }
            }
        }

        return new EdispMap(map, ExposureMap.OfResponse(observation, field, geometry));
    }

    /// <summary>The sum up to a value of migra.</summary>
    internal static double Cumulative(MapAxis migra, ReadOnlySpan<double> sums, double value)
    {
        var position = Math.Clamp(migra.CoordinateToPixel(value) + 0.5, 0, migra.BinCount);
        var lower = Math.Min((int)position, migra.BinCount - 1);
        return sums[lower] + (position - lower) * (sums[lower + 1] - sums[lower]);
    }
}
