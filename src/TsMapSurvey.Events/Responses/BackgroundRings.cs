namespace TsMapSurvey.Events.Responses;

/// <summary>A background rate by energy and offset (BKG_2D).</summary>
/// <param name="Rates">In s⁻¹ TeV⁻¹ sr⁻¹; the offset runs fastest.</param>
/// <param name="Floor">The smallest rate: stands for smaller rates and zero where logarithms are interpolated.</param>
public sealed record BackgroundRings(ResponseAxis Energy, ResponseAxis Offset, double[] Rates, double Floor) : IBackgroundRate
{
    public long ByteSize => sizeof(double) * (long)Rates.Length;

    public FieldAlignment Alignment => FieldAlignment.Round;

    /// <summary>One more ring inside and outside repeats the rates of the first and the last, as in gammapy, so that nothing is
    /// extrapolated.</summary>
    public IBackgroundSampler At(IReadOnlyList<double> energiesTeV)
    {
        var padded = Offset.Padded();
        var logs = LogRateTable.Of(Energy, Rates, Offset.Count, energiesTeV, Floor);
        if (padded.Count != Offset.Count) logs = [.. logs[..energiesTeV.Count], .. logs, .. logs[^energiesTeV.Count..]];
        return new Sampler(padded, logs, energiesTeV.Count);
    }

    private sealed class Sampler(ResponseAxis offset, double[] logs, int energies) : IBackgroundSampler
    {
        public void LogRates(FieldPoint point, Span<double> destination)
        {
            if (!offset.Contains(point.OffsetDeg))
            {
                destination.Fill(double.NaN);
                return;
            }

            var weight = offset.At(point.OffsetDeg);
            var lower = logs.AsSpan(weight.Lower * energies, energies);
            var upper = logs.AsSpan(weight.Upper * energies, energies);
            for (var k = 0; k < destination.Length; k++) destination[k] = weight.Between(lower[k], upper[k]);
        }
    }
}
