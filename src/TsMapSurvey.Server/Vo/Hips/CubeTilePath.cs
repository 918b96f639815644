using Microsoft.AspNetCore.Mvc;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>The numbers in the path of a tile of a HiPS cube.</summary>
internal readonly record struct CubeTilePath(
    int Order, [FromRoute(Name = CubeTilePath.FrequencyOrderName)] int FrequencyOrder, long Dir,
    [FromRoute(Name = CubeTilePath.FrequencyDirName)] long FrequencyDir, long Npix,
    [FromRoute(Name = CubeTilePath.FrequencyPixName)] long FrequencyPix)
{
    public const string FrequencyOrderName = "frequency_order";
    public const string FrequencyDirName = "frequency_dir";
    public const string FrequencyPixName = "frequency_pix";
}
