namespace TsMapSurvey.Maps;

/// <summary>The meaning of an axis's nodes: the n + 1 edges of its bins, or their n centers.</summary>
public enum AxisNodes
{
    Edges,
    Centers,
}
