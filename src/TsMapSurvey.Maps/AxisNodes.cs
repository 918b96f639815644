namespace TsMapSurvey.Maps;

/// <summary>What an axis's nodes are: the n + 1 edges of its bins, or their n centers.</summary>
public enum AxisNodes
{
    Edges,
    Centers,
}
