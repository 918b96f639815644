using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>Lists the surveys. Key: 0.</summary>
[Alias("tsmap.ISurveyDirectoryGrain")]
public interface ISurveyDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the names of all surveys in the store, sorted.</summary>
    [Alias("List")]
    Task<ImmutableArray<string>> List(CancellationToken cancellationToken);
}
