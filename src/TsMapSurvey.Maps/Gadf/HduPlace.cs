using TsMapSurvey.Fits;

namespace TsMapSurvey.Maps.Gadf;

/// <summary>Where in which file, for messages.</summary>
public static class HduPlace
{
    public static string Of(FitsFile file, FitsHdu hdu) => $"{file.Name}, HDU {hdu.Index} ({hdu.Name})";
}
