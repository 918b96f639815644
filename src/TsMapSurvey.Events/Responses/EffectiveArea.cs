using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Responses;

/// <summary>Effective area by true energy and offset (AEFF_2D).</summary>
/// <param name="AreaM2">In m²; the energy runs fastest.</param>
/// <param name="LowTeV">LO_THRES, the recommended lowest energy; null if the file has none.</param>
/// <param name="HighTeV">HI_THRES.</param>
public sealed record EffectiveArea(ResponseAxis Energy, ResponseAxis Offset, double[] AreaM2, double? LowTeV, double? HighTeV)
{
    public long ByteSize => sizeof(double) * (long)AreaM2.Length;

    /// <summary>The area in m² at the centres of an axis, linear in the logarithm of the energy; 0 outside the energy range.</summary>
    public OffsetFunction AtEnergies(MapAxis energyTrue) => Table(energyTrue.Centers).At;

    internal OffsetTable Table(IReadOnlyList<double> energiesTeV)
    {
        var table = new OffsetTable(Offset, energiesTeV.Count, new double[Offset.Count * energiesTeV.Count]);
        for (var j = 0; j < energiesTeV.Count; j++)
        {
            if (!Energy.Contains(energiesTeV[j])) continue;
            var weight = Energy.At(energiesTeV[j]);
            for (var row = 0; row < Offset.Count; row++)
                table.Values[row * table.Cells + j] =
                    weight.Between(AreaM2[row * Energy.Count + weight.Lower], AreaM2[row * Energy.Count + weight.Upper]);
        }

        return table;
    }
}
