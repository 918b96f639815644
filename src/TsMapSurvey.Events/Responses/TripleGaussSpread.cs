using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Responses;

/// <summary>
/// Three Gauss functions of one centre (PSF_3GAUSS): dP/dΩ = scale (e1 + a2 e2 + a3 e3) with e = exp(-r² / 2 sigma²).
/// </summary>
/// <param name="SigmasDeg">Three tables of widths, in each of which the energy runs fastest.</param>
/// <param name="Amplitudes">Tables of a2 and a3, relative to the first function. The common scale drops out when the PSF is normalized.
/// </param>
public sealed record TripleGaussSpread(ResponseAxis Energy, ResponseAxis Offset, double[][] SigmasDeg, double[][] Amplitudes) : IPointSpread
{
    public long ByteSize => sizeof(double) * (SigmasDeg.Sum(table => (long)table.Length) + Amplitudes.Sum(table => (long)table.Length));

    public OffsetFunction At(MapAxis energyTrue, MapAxis rad)
    {
        var energies = Array.ConvertAll(energyTrue.Centers, Energy.At);
        SpreadParameter Table(double[] values) => new(Energy.Count, values);
        SpreadParameter[] sigmas = [.. SigmasDeg.Select(Table)], amplitudes = [.. Amplitudes.Select(Table)];
        return (offsetDeg, destination) =>
        {
            var offset = Offset.At(offsetDeg);
            for (var j = 0; j < energies.Length; j++)
            {
                var cells = destination.Slice(j * rad.BinCount, rad.BinCount);
                cells.Clear();
                for (var component = 0; component < sigmas.Length; component++)
                {
                    var sigma = sigmas[component].At(energies[j], offset);
                    var amplitude = component == 0 ? 1 : amplitudes[component - 1].At(energies[j], offset);
                    if (amplitude == 0) continue;
                    for (var r = 0; r < cells.Length; r++)
                        cells[r] += OffsetTable.Valid(amplitude * Math.Exp(-0.5 * Square(rad.Centers[r] / sigma)));
                }
            }
        };
    }

    private static double Square(double value) => value * value;
}
