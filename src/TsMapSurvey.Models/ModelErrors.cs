using TsMapSurvey.Maps;

namespace TsMapSurvey.Models;

internal static class ModelErrors
{
    public static MapException BadModel(string problem) => new(MapError.BadModel, problem);

    public static MapException BadModelFile(string where, string problem) => new(MapError.BadModel, $"{where}: {problem}");

    public static MapException BadModelFile(string where, string found, string expected) =>
        new(MapError.BadModel, $"{where}: found {found}, expected {expected}");

    public static MapException RefusedModel(string where, string type, string reason) =>
        new(MapError.BadModel, $"{where}: the model {type} is not supported: {reason}");

    public static MapException BadTemplate(string file, string found) =>
        new(MapError.BadModel, $"{file}: found {found}, expected a template image with values above 0");
}
