using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Responses;

/// <summary>The point spread function of an observation by true energy and offset, in one of the layouts of the data formats.</summary>
public interface IPointSpread
{
    long ByteSize { get; }

    /// <summary>
    /// Probability per solid angle at the centres of two axes: cell = energy * rad.BinCount + rad. Need not be normalized; the unit is that
    /// of the file.
    /// </summary>
    OffsetFunction At(MapAxis energyTrue, MapAxis rad);
}
