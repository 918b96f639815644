using System.Collections.Immutable;

namespace TsMapSurvey.Contracts;

/// <summary>The surveys there are. Key: 0.</summary>
[Alias("tsmap.ISurveyDirectoryGrain")]
public interface ISurveyDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Names in their order, found in the store.</summary>
    [Alias("List")]
    Task<ImmutableArray<string>> List(CancellationToken cancellationToken);
}
