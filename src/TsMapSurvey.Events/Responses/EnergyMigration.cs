using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Responses;

/// <summary>Probability density in migra = reconstructed / true energy, by true energy and offset (EDISP_2D).</summary>
/// <param name="Density">The energy runs fastest, then migra, then the offset. Need not be normalized.</param>
public sealed record EnergyMigration(ResponseAxis Energy, ResponseAxis Migra, ResponseAxis Offset, double[] Density)
{
    public long ByteSize => sizeof(double) * (long)Density.Length;

    /// <summary>
    /// The density at the centres of the response's own migra axis, for each true energy: cell = energy * <see cref="Migra"/>.Count +
    /// migra. Energies outside the range are extrapolated, as in gammapy.
    /// </summary>
    public OffsetFunction AtEnergies(MapAxis energyTrue) => Table(energyTrue).At;

    internal OffsetTable Table(MapAxis energyTrue)
    {
        var cells = checked(energyTrue.BinCount * Migra.Count);
        var table = new OffsetTable(Offset, cells, new double[checked(cells * Offset.Count)]);
        for (var j = 0; j < energyTrue.BinCount; j++)
        {
            var weight = Energy.At(energyTrue.Centers[j]);
            for (var row = 0; row < Offset.Count; row++)
                for (var m = 0; m < Migra.Count; m++)
                {
                    var first = (row * Migra.Count + m) * Energy.Count;
                    table.Values[row * cells + j * Migra.Count + m] =
                        weight.Between(Density[first + weight.Lower], Density[first + weight.Upper]);
                }
        }

        return table;
    }
}
