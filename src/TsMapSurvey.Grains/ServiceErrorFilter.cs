using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>
/// Answers a grain's caller with the service's failures: those of the store, and of names that nothing has, are turned into them.
/// </summary>
internal sealed class ServiceErrorFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (StorageException exception)
        {
            throw ServiceErrors.Of(exception);
        }
        catch (SurveyException exception) when (exception.Unknown is not null)
        {
            throw ServiceErrors.Of(exception);
        }
    }
}
