using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Irf;

/// <summary>R[k, j]: the probability that a photon in bin j of true energy is reconstructed in bin k.</summary>
public sealed class EdispKernel
{
    /// <summary>Smaller values are set to zero as numerical noise of the migra integral, as in gammapy.</summary>
    private const double Threshold = 1e-8;

    private readonly double[] _values;

    private EdispKernel(int recoBins, int trueBins) =>
        (RecoBins, TrueBins, _values) = (recoBins, trueBins, new double[recoBins * trueBins]);

    public int RecoBins { get; }

    public int TrueBins { get; }

    public double this[int reco, int energyTrue] => _values[reco * TrueBins + energyTrue];

    /// <summary>The response at a position of an energy dispersion map. Without a map, the overlap of the bins.</summary>
    /// <param name="edisp">Null for perfect reconstruction.</param>
    /// <param name="position">The nearest pixel with exposure is used; null for the centre of the map.</param>
    /// <exception cref="MapException">The map's axes do not match those of the dataset.</exception>
    public static EdispKernel Create(EdispMap? edisp, SkyPosition? position, MapAxis energy, MapAxis energyTrue, string dataset)
    {
        if (edisp is null) return Diagonal(energy, energyTrue);
        if (edisp.EnergyTrue.BinCount != energyTrue.BinCount)
            throw MapErrors.DifferentAxes($"{dataset}, EDISP", edisp.EnergyTrue, energyTrue);
        if (edisp.IsKernel && edisp.First.BinCount != energy.BinCount)
            throw MapErrors.DifferentAxes($"{dataset}, EDISP", edisp.First, energy);
        var geometry = edisp.Data.Geometry;
        var pixel = geometry.Grid is { } grid ? IrfPosition.NearestValid(geometry, edisp.Exposure, position ?? grid.Centre) : 0;
        var kernel = new EdispKernel(energy.BinCount, energyTrue.BinCount);
        for (var j = 0; j < kernel.TrueBins; j++)
        {
            if (edisp.IsKernel) kernel.Copy(edisp, j, pixel);
            else kernel.Integrate(edisp, j, pixel, energy, energyTrue);
        }

        return kernel;
    }

    private static EdispKernel Diagonal(MapAxis energy, MapAxis energyTrue)
    {
        var kernel = new EdispKernel(energy.BinCount, energyTrue.BinCount);
        for (var j = 0; j < kernel.TrueBins; j++)
            for (var k = 0; k < kernel.RecoBins; k++)
            {
                var shared = Math.Min(energyTrue.Edges[j + 1], energy.Edges[k + 1]) - Math.Max(energyTrue.Edges[j], energy.Edges[k]);
                kernel._values[k * kernel.TrueBins + j] = Math.Max(0, shared / (energyTrue.Edges[j + 1] - energyTrue.Edges[j]));
            }

        return kernel;
    }

    private void Copy(EdispMap edisp, int j, int pixel)
    {
        for (var k = 0; k < RecoBins; k++)
        {
            var value = edisp.Data.Plane(j * RecoBins + k)[pixel];
            _values[k * TrueBins + j] = double.IsFinite(value) ? value : 0;
        }
    }

    /// <summary>
    /// With S(m) = ∫ e dm up to m, linear between the migra edges and constant outside: R = S(upper edge) - S(lower edge) of the bin of
    /// reconstructed energy.
    /// </summary>
    private void Integrate(EdispMap edisp, int j, int pixel, MapAxis energy, MapAxis energyTrue)
    {
        var migra = edisp.First;
        var sums = new double[migra.BinCount + 1];
        for (var m = 0; m < migra.BinCount; m++)
        {
            var density = edisp.Data.Plane(j * migra.BinCount + m)[pixel];
            sums[m + 1] = sums[m] + (double.IsFinite(density) ? density : 0) * (migra.Edges[m + 1] - migra.Edges[m]);
        }

        double Cumulative(double value)
        {
            var position = Math.Clamp(migra.CoordinateToPixel(value) + 0.5, 0, migra.BinCount);
            var lower = Math.Min((int)position, migra.BinCount - 1);
            return sums[lower] + (position - lower) * (sums[lower + 1] - sums[lower]);
        }

        for (var k = 0; k < RecoBins; k++)
        {
            var probability = Cumulative(energy.Edges[k + 1] / energyTrue.Centers[j]) - Cumulative(energy.Edges[k] / energyTrue.Centers[j]);
            _values[k * TrueBins + j] = probability < Threshold ? 0 : probability;
        }
    }
}
