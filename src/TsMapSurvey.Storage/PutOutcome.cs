namespace TsMapSurvey.Storage;

public enum PutOutcome
{
    Uploaded,
    Replaced,
    AlreadyThere,
}
