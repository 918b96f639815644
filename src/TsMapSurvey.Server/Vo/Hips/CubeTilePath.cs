namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>The numbers in the path of a tile of a HiPS cube.</summary>
internal readonly record struct CubeTilePath(int Order, int FrequencyOrder, long Dir, long FrequencyDir, long Npix, long FrequencyPix);
