using System.Collections.Immutable;
using Orleans.Concurrency;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Surveys;

/// <summary>Looks into the store each time: there are few surveys.</summary>
[StatelessWorker(1)]
internal sealed class SurveyDirectoryGrain(SurveyCatalog catalog) : Grain, ISurveyDirectoryGrain
{
    public async Task<ImmutableArray<string>> List(CancellationToken cancellationToken) => [.. await catalog.ListAsync(cancellationToken)];
}
