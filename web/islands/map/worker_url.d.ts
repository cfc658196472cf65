// An import of "FILE?url" is the address of that file among the static files (Vite).
declare module '*?url' {
    const url: string;
    export default url;
}
