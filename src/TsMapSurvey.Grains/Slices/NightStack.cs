using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Grains.Slices;

/// <summary>The sum of a prefix of a night's observations, to which the next one can be added.</summary>
internal sealed class NightStack(DatasetStack sum, int count, string digest)
{
    public DatasetStack Sum { get; } = sum;

    public int Count { get; private set; } = count;

    public string Digest { get; private set; } = digest;

    /// <summary>Length of the longest stored prefix.</summary>
    public int Stored { get; set; } = count;

    public void Advance(NightLedger night) => Digest = night.DigestOf(++Count);
}
