using TsMapSurvey.Fits;

namespace TsMapSurvey.Maps.Gadf;

public static class HduPlace
{
    public static string Of(FitsFile file, FitsHdu hdu) => $"{file.Name}, HDU {hdu.Index} ({hdu.Name})";
}
