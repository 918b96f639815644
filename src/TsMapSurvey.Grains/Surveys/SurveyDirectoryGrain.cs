using System.Collections.Immutable;
using Orleans.Concurrency;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Surveys;

/// <summary>Lists the store at each call, because there are few surveys.</summary>
[StatelessWorker(1)]
internal sealed class SurveyDirectoryGrain(SurveyCatalog catalog) : Grain, ISurveyDirectoryGrain
{
    public async Task<ImmutableArray<string>> List(CancellationToken cancellationToken) => [.. await catalog.ListAsync(cancellationToken)];
}
