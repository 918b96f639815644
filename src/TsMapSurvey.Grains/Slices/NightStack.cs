using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Grains.Slices;

/// <summary>The sum of the first observations of a night, which can be gone on with.</summary>
internal sealed class NightStack(DatasetStack sum, int count, string digest)
{
    public DatasetStack Sum { get; } = sum;

    public int Count { get; private set; } = count;

    public string Digest { get; private set; } = digest;

    /// <summary>How many of them are in a blob.</summary>
    public int Stored { get; set; } = count;

    /// <summary>Notes that the next observation was added.</summary>
    public void Went(NightLedger night) => Digest = night.DigestOf(++Count);
}
