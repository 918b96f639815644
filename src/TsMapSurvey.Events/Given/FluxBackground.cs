using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Given;

/// <summary>
/// A diffuse flux in m⁻² s⁻¹ sr⁻¹ TeV⁻¹ at energies: times exposure and solid angle at the centre of each pixel, integrated over each bin
/// of energy. Flux and exposure are power laws between their nodes, and so is the product, whose integral is exact with all nodes of both.
/// The flux is not convolved with the point spread function.
/// </summary>
internal sealed class FluxBackground(GivenCube cube) : IGivenBackground
{
    public string Place => cube.Place;

    public long ByteSize => cube.ByteSize;

    public void AddTo(Map<double> sums, GivenExposure exposure)
    {
        var (image, edges) = (sums.Geometry.Grid!, sums.Geometry.Axis("energy").Edges);
        double[] at = [.. edges.Concat(cube.Energy.Centers).Concat(exposure.NodesTeV).Where(e => e >= edges[0] && e <= edges[^1]).Distinct()
            .Order()];
        const string Whose = "the edges of the survey's axis of reconstructed energy";
        var (fluxes, areas) = (new EnergyPoints(cube.Energy.Centers, at, cube.Place, Whose), exposure.At(at, Whose));
        var ends = Array.ConvertAll(edges, edge => Array.BinarySearch(at, edge));
        double[] logs = Array.ConvertAll(at, Math.Log), flux = new double[cube.Energy.BinCount],
            areaTimes = new double[exposure.NodesTeV.Count], values = new double[at.Length];
        var solidAngles = SolidAngles.Of(image);
        for (var pixel = 0; pixel < solidAngles.Length; pixel++)
        {
            if (image.PixelCentre(pixel % image.Width, pixel / image.Width) is not { } centre) values.AsSpan().Fill(double.NaN);
            else
            {
                cube.Interpolate(centre, flux);
                exposure.Interpolate(centre, areaTimes);
                for (var i = 0; i < at.Length; i++) values[i] = at[i] * fluxes.At(flux, i) * areas.At(areaTimes, i);
            }

            for (var k = 0; k + 1 < ends.Length; k++)
            {
                var sum = 0.0;
                for (var i = ends[k]; i < ends[k + 1]; i++)
                    sum += double.IsNaN(values[i] + values[i + 1]) ? double.NaN : BackgroundMap.Integral(
                        Math.Log(values[i]), values[i], Math.Log(values[i + 1]), values[i + 1], logs[i + 1] - logs[i]);
                sums.Plane(k)[pixel] += solidAngles[pixel] * sum;
            }
        }
    }
}
