namespace TsMapSurvey.Fits;

/// <summary>A data unit that can be encoded repeatedly.</summary>
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
