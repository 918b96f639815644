using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Given;

/// <summary>A background for the time of the given exposure.</summary>
internal interface IGivenBackground
{
    /// <summary>File and HDU, for messages.</summary>
    string Place { get; }

    long ByteSize { get; }

    /// <summary>Adds the expected events to each pixel and bin; NaN where it is not known.</summary>
    /// <exception cref="MapException">It does not have these energies.</exception>
    void AddTo(Map<double> sums, GivenExposure exposure);
}
