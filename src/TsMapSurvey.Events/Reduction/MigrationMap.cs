using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Irf;

namespace TsMapSurvey.Events.Reduction;

// As gammapy's make_edisp_kernel_map (makers/utils.py): the density on the response's own migra axis, normalized over it; its cumulative
// sum, linear between the migra edges and constant outside, at E_reco / E_true; differences below the threshold are noise.
internal static class MigrationMap
{
    private const double Threshold = 1e-8;

    /// <summary>The energy dispersion at the centres of the response pixels, as a kernel map or over migra, as the geometry's first axis
    /// says.</summary>
    public static EdispMap Of(EventObservation observation, FieldPixels field, MapGeometry geometry)
    {
        var (energyTrue, first) = (geometry.Axis("energy_true"), geometry.Axes[0]);
        var map = new Map<double>(geometry);
        var sums = new MigrationSums(observation.EnergyMigration, first, energyTrue);
        var edges = new double[first.BinCount + 1];
        for (var pixel = 0; pixel < field.OffsetsDeg.Length; pixel++)
        {
            if (!observation.EnergyMigration.Offset.Contains(field.OffsetsDeg[pixel])) continue;
            sums.MoveTo(field.OffsetsDeg[pixel]);
            for (var j = 0; j < energyTrue.BinCount; j++)
            {
                var total = sums.Of(j, edges);
                if (!(total > 0) || !double.IsFinite(total)) continue;
                for (var k = 0; k < first.BinCount; k++)
                {
                    var share = (edges[k + 1] - edges[k]) / total;
                    map.Data[(j * first.BinCount + k) * field.OffsetsDeg.Length + pixel] = first.Name == "migra"
                        ? share / (first.Edges[k + 1] - first.Edges[k]) : share < Threshold ? 0 : share;
                }
            }
        }

        return new EdispMap(map, ExposureMap.OfResponse(observation, field, geometry));
    }
}
