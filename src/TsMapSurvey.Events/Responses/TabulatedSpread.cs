using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Responses;

/// <summary>A point spread function as a table (PSF_TABLE).</summary>
/// <param name="Density">Probability per solid angle; the energy runs fastest, then the offset, then the separation.</param>
public sealed record TabulatedSpread(ResponseAxis Energy, ResponseAxis Offset, ResponseAxis Rad, double[] Density) : IPointSpread
{
    public long ByteSize => sizeof(double) * (long)Density.Length;

    public OffsetFunction At(MapAxis energyTrue, MapAxis rad)
    {
        var cells = checked(energyTrue.BinCount * rad.BinCount);
        var table = new OffsetTable(Offset, cells, new double[checked(cells * Offset.Count)]);
        for (var j = 0; j < energyTrue.BinCount; j++)
        {
            if (!Energy.Contains(energyTrue.Centers[j])) continue;
            var e = Energy.At(energyTrue.Centers[j]);
            for (var r = 0; r < rad.BinCount; r++)
            {
                if (!Rad.Contains(rad.Centers[r])) continue;
                var at = Rad.At(rad.Centers[r]);
                for (var row = 0; row < Offset.Count; row++)
                    table.Values[row * cells + j * rad.BinCount + r] = at.Between(Value(e, row, at.Lower), Value(e, row, at.Upper));
            }
        }

        return table.At;
    }

    private double Value(AxisWeight energy, int row, int rad)
    {
        var first = (rad * Offset.Count + row) * Energy.Count;
        return energy.Between(Density[first + energy.Lower], Density[first + energy.Upper]);
    }
}
