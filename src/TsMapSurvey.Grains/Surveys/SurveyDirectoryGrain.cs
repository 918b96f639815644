using System.Collections.Immutable;
using Orleans.Concurrency;
using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Grains;

/// <summary>Looks into the store each time: there are few surveys.</summary>
[StatelessWorker(1)]
internal sealed class SurveyDirectoryGrain(SurveyCatalog catalog) : Grain, ISurveyDirectoryGrain
{
    public async Task<ImmutableArray<string>> List(CancellationToken cancellationToken)
    {
        try
        {
            return [.. await catalog.ListAsync(cancellationToken)];
        }
        catch (StorageException bad)
        {
            throw ServiceFaults.Of(bad);
        }
    }
}
