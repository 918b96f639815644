namespace TsMapSurvey.Contracts;

/// <summary>How a row block stands.</summary>
public enum BlockState
{
    Working,

    /// <summary>Its maps are a blob.</summary>
    Done,

    /// <summary>No repetition helps.</summary>
    Failed,
}
