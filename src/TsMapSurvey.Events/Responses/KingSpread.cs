using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Responses;

/// <summary>
/// The King function (PSF_KING): dP/dΩ = (1 - 1/gamma) (1 + r² / (2 gamma sigma²))^-gamma / (2 pi sigma²).
/// </summary>
/// <param name="SigmaDeg">Widths; the energy runs fastest.</param>
/// <param name="Gamma">Above 1; the smaller, the longer the tails.</param>
public sealed record KingSpread(ResponseAxis Energy, ResponseAxis Offset, double[] SigmaDeg, double[] Gamma) : IPointSpread
{
    public long ByteSize => sizeof(double) * ((long)SigmaDeg.Length + Gamma.Length);

    public OffsetFunction At(MapAxis energyTrue, MapAxis rad)
    {
        var energies = Array.ConvertAll(energyTrue.Centers, Energy.At);
        SpreadParameter sigmas = new(Energy.Count, SigmaDeg), gammas = new(Energy.Count, Gamma);
        return (offsetDeg, destination) =>
        {
            var offset = Offset.At(offsetDeg);
            for (var j = 0; j < energies.Length; j++)
            {
                var (sigma, gamma) = (sigmas.At(energies[j], offset), gammas.At(energies[j], offset));
                var peak = (1 - 1 / gamma) / (2 * Math.PI * sigma * sigma);
                for (var r = 0; r < rad.BinCount; r++)
                {
                    var u = rad.Centers[r] / sigma;
                    destination[j * rad.BinCount + r] = OffsetTable.Valid(peak * Math.Pow(1 + u * u / (2 * gamma), -gamma));
                }
            }
        };
    }
}
