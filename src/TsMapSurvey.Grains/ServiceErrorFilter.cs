using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Grains;

/// <summary>
/// Converts storage errors, and errors about unknown names, to <see cref="Contracts.SurveyServiceException"/> for a grain's caller.
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
