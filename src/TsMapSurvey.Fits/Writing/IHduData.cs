namespace TsMapSurvey.Fits;

/// <summary>A data unit that can be spelled out as often as needed.</summary>
internal interface IHduData
{
    void Encode(BlockSink sink);
}

internal readonly struct NoData : IHduData
{
    public void Encode(BlockSink sink)
    {
    }
}
