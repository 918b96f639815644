namespace TsMapSurvey.Events.Responses;

/// <summary>A background rate by energy and position in the field of view (BKG_3D).</summary>
/// <param name="Rates">In s⁻¹ TeV⁻¹ sr⁻¹; the latitude runs fastest, then the longitude, then the energy.</param>
/// <param name="Floor">The smallest rate: stands for smaller rates and zero where logarithms are interpolated.</param>
public sealed record BackgroundCube(
    ResponseAxis Energy, ResponseAxis Lon, ResponseAxis Lat, double[] Rates, FieldAlignment Alignment, double Floor) : IBackgroundRate
{
    public long ByteSize => sizeof(double) * (long)Rates.Length;

    public IBackgroundSampler At(IReadOnlyList<double> energiesTeV) =>
        new Sampler(this, LogRateTable.Of(Energy, Rates, Lon.Count * Lat.Count, energiesTeV, Floor), energiesTeV.Count);

    /// <param name="cube">The axes.</param>
    /// <param name="logs">Logarithms by cell and energy; the energy runs fastest.</param>
    private sealed class Sampler(BackgroundCube cube, double[] logs, int energies) : IBackgroundSampler
    {
        public void LogRates(FieldPoint point, Span<double> destination)
        {
            if (!cube.Lon.Contains(point.LonDeg) || !cube.Lat.Contains(point.LatDeg))
            {
                destination.Fill(double.NaN);
                return;
            }

            var (lon, lat) = (cube.Lon.At(point.LonDeg), cube.Lat.At(point.LatDeg));
            var a = Cell(lon.Lower, lat.Lower);
            var b = Cell(lon.Lower, lat.Upper);
            var c = Cell(lon.Upper, lat.Lower);
            var d = Cell(lon.Upper, lat.Upper);
            for (var k = 0; k < destination.Length; k++)
                destination[k] = lon.Between(lat.Between(a[k], b[k]), lat.Between(c[k], d[k]));
        }

        private ReadOnlySpan<double> Cell(int lon, int lat) => logs.AsSpan((lon * cube.Lat.Count + lat) * energies, energies);
    }
}
