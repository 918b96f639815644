namespace TsMapSurvey.Storage;

/// <summary>That a survey was deleted, or is being deleted.</summary>
/// <param name="Observations">What the names of its observations start with: these files are not the survey's, and stay.</param>
/// <param name="IsFinished">False: some of the survey's blobs may be left, and nobody may define a survey of its name.</param>
public sealed record DeletionMark(string Survey, string? Observations, bool IsFinished, int Schema = DeletionMark.CurrentSchema)
{
    public const int CurrentSchema = 1;
}
