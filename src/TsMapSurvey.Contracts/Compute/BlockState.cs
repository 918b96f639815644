namespace TsMapSurvey.Contracts;

/// <summary>The state of a row block.</summary>
public enum BlockState
{
    Working,

    /// <summary>Its maps are stored as a blob.</summary>
    Done,

    /// <summary>Its data cannot be used; a retry does not help.</summary>
    Failed,
}
